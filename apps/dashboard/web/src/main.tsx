import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import './styles.css';
import { App } from './app.js';
import { LiveStream } from './data/live-stream.js';
import { access } from './steer/access.js';
import { page } from './view/page.js';
import { followTheme } from './view/theme.js';

const root = document.getElementById('page');
if (root === null) throw new Error('the page has no place for itself');
access.start();
followTheme();
page.start();
new LiveStream(page.store).start();
render(<App />, root);
