export { type OaiOptions, OaiRan, type Surroundings } from './oai-ran.js';
