export * from './ran.js';
