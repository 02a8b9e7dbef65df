import { describeVendorNodes } from './support/vendor-nodes.js';

describeVendorNodes('nats', {});
