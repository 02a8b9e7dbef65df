import { runXApp } from '@ricochet/xapp-sdk';
import xapp from './xapp.js';

await runXApp(xapp);
