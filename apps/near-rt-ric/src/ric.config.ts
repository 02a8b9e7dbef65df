import { dirname, join } from 'node:path';
import { CalloutIssuer } from '@ricochet/bus';
import { E2_CODEC_NAMES } from '@ricochet/e2ap';
import { AllowList, parseE2Address } from '@ricochet/e2-transport';
import {
  apiKeysSchema,
  deploymentSchema,
  healthConfig,
  httpAddressSchema,
  jsonText,
  messageOf,
} from '@ricochet/platform';
import { z } from 'zod';
import { conflictConfigSchema } from './control/conflict.config.js';
import { peerProfilesSchema } from './e2/peer-profiles.js';
import { xAppCeilingsSchema } from './xapps/xapp-ceilings.js';

/** `none`, `auto`, or the SCTP address to listen on. */
const listenSchema = z.string().transform((text, context) => {
  if (text === 'none' || text === 'auto') return text;
  try {
    const address = parseE2Address(text);
    if (address.kind === 'sctp') return address;
    context.addIssue({
      code: 'custom',
      message: 'expected none, auto or sctp://host:port; NATS is there anyway',
    });
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
  }
  return z.NEVER;
});

const allowSchema = z.string().transform((text, context) => {
  try {
    return AllowList.parse(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
    return z.NEVER;
  }
});

const issuerSchema = z.string().transform((seed, context) => {
  try {
    return CalloutIssuer.fromSeed(seed);
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
    return z.NEVER;
  }
});

/** The Near-RT RIC's environment. */
export const ricConfigSchema = z.object({
  RICOCHET_NATS_URL: z.url(),
  /** Of the issuer in the server's `auth_callout`: xApps get NATS users of their own. */
  RICOCHET_NATS_ISSUER_SEED: issuerSchema.optional(),
  /** A database file, or `postgres://…`: a schema of ours in that database. */
  RICOCHET_STORE: z.string().min(1).default('.ricochet/ric.sqlite'),
  /** PostgreSQL instead of that file. */
  DATABASE_URL: z.string().min(1).optional(),
  /** xApps to host: a JSON list. */
  RICOCHET_XAPPS: jsonText.pipe(z.array(deploymentSchema)).default([]),
  /** The most that packages may ask for: JSON. */
  RICOCHET_XAPP_CEILINGS: jsonText.pipe(xAppCeilingsSchema).prefault('{}'),
  /** How xApps that meet are dealt with: JSON. */
  RICOCHET_CONFLICTS: jsonText.pipe(conflictConfigSchema).prefault('{}'),
  /** What E2AP is written in; the nodes' too. */
  RICOCHET_E2_CODEC: z.enum(E2_CODEC_NAMES).default('aper'),
  /** Where nodes are taken over SCTP, besides NATS; `auto` is E2AP's port on this machine, where that can be had. */
  RICOCHET_E2_LISTEN: listenSchema.default('none'),
  /** Addresses and CIDR ranges from where nodes are taken over SCTP, with commas between; all when left out. */
  RICOCHET_E2_ALLOW: allowSchema.optional(),
  /** Profiles of nodes that are not to be told by their set-up: a JSON object from node id, or `prefix*`, to profile. */
  RICOCHET_E2_PROFILES: jsonText.pipe(peerProfilesSchema).default({}),
  /** File of the PDUs that could not be read; beside the store when left out. */
  RICOCHET_E2_REFUSED: z.string().min(1).optional(),
  /** Where the API is served to operators; absent: nowhere. */
  RICOCHET_API: httpAddressSchema.optional(),
  /** Its keys, besides those in `api-keys.json` beside the store: a JSON list. */
  RICOCHET_API_KEYS: jsonText.pipe(apiKeysSchema).default([]),
  ...healthConfig,
});
export type RicConfig = z.infer<typeof ricConfigSchema>;

export const RIC_CONFIG = Symbol('RicConfig');

/** Who we are towards E2 nodes: the PLMN of the emulated network, RIC id 1. */
export const GLOBAL_RIC_ID = { plmn: { mcc: '001', mnc: '01' }, ricId: 1 } as const;

const DEFAULT_FOLDER = '.ricochet';
const REFUSED_PDUS_FILE = 'e2-refused.hex';
const XAPPS_FOLDER = 'xapps';
const API_KEYS_FILE = 'api-keys.json';

/** Path of the file of refused PDUs. */
export function refusedPdusPath(config: RicConfig): string {
  return config.RICOCHET_E2_REFUSED ?? join(dataFolder(config), REFUSED_PDUS_FILE);
}

/** Where onboarded xApps and their logs are. */
export function xAppsFolder(config: RicConfig): string {
  return join(dataFolder(config), XAPPS_FOLDER);
}

/** Path of the file of API keys, which need not be there. */
export function apiKeysPath(config: RicConfig): string {
  return join(dataFolder(config), API_KEYS_FILE);
}

/** Beside the store. */
function dataFolder({ RICOCHET_STORE: store, DATABASE_URL }: RicConfig): string {
  const isFile = DATABASE_URL === undefined && !store.includes('://');
  return isFile ? dirname(store) : DEFAULT_FOLDER;
}
