export { type Frame, type LogEntry, type RunInfo } from './feed/frame.js';
