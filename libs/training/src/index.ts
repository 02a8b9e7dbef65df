export { TransitionRecorder, type Decision } from './recorder/transition-recorder.js';
