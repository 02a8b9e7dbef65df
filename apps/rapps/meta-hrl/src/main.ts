import { runRApp } from '@ricochet/xapp-sdk';
import { metaHrl } from './meta-hrl.js';

await runRApp(metaHrl);
