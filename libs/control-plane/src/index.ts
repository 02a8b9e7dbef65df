export { controlPlaneOptions, type ControlPlaneConfig } from './control-plane.options.js';
export { Serves } from './serves.decorator.js';
