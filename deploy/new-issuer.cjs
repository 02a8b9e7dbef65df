// Makes the key by which the Near-RT RIC gives xApps NATS users of their own: two lines for deploy/.env, the second a
// secret. Needs what `npm ci` installs.
const { createAccount } = require('@nats-io/nkeys');

const keys = createAccount();
console.log(`NATS_ISSUER=${keys.getPublicKey()}`);
console.log(`NATS_ISSUER_SEED=${Buffer.from(keys.getSeed()).toString()}`);
