export { type OaiOptions, OaiRan } from './oai-ran.js';
