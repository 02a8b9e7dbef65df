export * from './e2-node-id.js';
export * from './kpi-catalogue.js';
export * from './measurement-report.js';
export * from './plmn-identity.js';
export * from './recorded-value.js';
export * from './rrm-policy-ratio.js';
export * from './s-nssai.js';
export * from './ue-weight.js';
