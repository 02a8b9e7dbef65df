import { InvalidArgumentError, Option } from 'commander';
import { AllowList, parseE2Address } from '@ricochet/e2-transport';
import {
  AGENT_PROFILE_NAMES,
  type AgentProfileName,
  E2_CODEC_NAMES,
  PROFILE_NAMES,
  profiles,
  type E2CodecName,
  type ProfileName,
} from '@ricochet/e2ap';
import { messageOf } from '@ricochet/platform';
import { CliError } from '../cli.error.js';
import { type E2Settings } from '../stack/e2-settings.js';

/** What commands that run emulated nodes, a RIC, or both take about E2. */
export interface E2Options {
  readonly e2: string;
  readonly e2Codec: E2CodecName;
  readonly e2Profile: AgentProfileName;
  /** Absent: at the address of `e2`. */
  readonly e2Listen?: string;
  readonly e2Allow?: string;
  readonly peerProfile?: Readonly<Record<string, ProfileName>>;
}

const PROFILE_LIST = AGENT_PROFILE_NAMES.map((name) => `${name}: ${profiles[name].description}`).join('; ');

export const e2Option = (): Option =>
  new Option('--e2 <address>', 'where the emulated nodes connect: nats, or sctp://host:port')
    .default('nats')
    .argParser((text) => checked(text, parseE2Address));

export const e2CodecOption = (): Option =>
  new Option('--e2-codec <codec>', 'what E2AP is written in; json is for the eyes, over NATS alone')
    .choices(E2_CODEC_NAMES)
    .default('aper');

export const e2ProfileOption = (): Option =>
  new Option('--e2-profile <profile>', `whose E2 agent the emulated nodes behave like (${PROFILE_LIST})`)
    .choices(AGENT_PROFILE_NAMES)
    .default('oran');

export const e2ListenOption = (): Option =>
  new Option(
    '--e2-listen <address>',
    'where the RIC takes nodes over SCTP as well: sctp://host:port, or none ' +
      "(default: the address of --e2, or this machine's port 36421 where that can be had)",
  ).argParser((text) => {
    if (text === 'none') return text;
    return checked(text, (address) => {
      if (parseE2Address(address).kind === 'nats') throw new RangeError('expected sctp://host:port or none');
    });
  });

export const e2AllowOption = (): Option =>
  new Option(
    '--e2-allow <addresses>',
    'from where the RIC takes nodes over SCTP: addresses or CIDR ranges, with commas between (default: anywhere)',
  ).argParser((text) => checked(text, (addresses) => AllowList.parse(addresses)));

/** May be given more than once; of several patterns that fit a node the RIC takes the most exact. */
export const peerProfileOption = (): Option =>
  new Option(
    '--peer-profile <node=profile>',
    "how the RIC speaks to a node whose set-up does not tell: its id, or the id's beginning and *; repeatable",
  ).argParser((text, former: Readonly<Record<string, ProfileName>> = {}) => {
    const [, pattern = '', name = ''] = /^([^=*]+\*?|\*)=(.*)$/.exec(text) ?? [];
    const profile = PROFILE_NAMES.find((each) => each === name);
    if (profile === undefined) {
      throw new InvalidArgumentError(`expected <node id or prefix*>=<${PROFILE_NAMES.join('|')}>`);
    }
    return { ...former, [pattern]: profile };
  });

/**
 * What the options say together; `listen` is where the RIC takes nodes over SCTP when neither `--e2` nor `--e2-listen`
 * tells.
 * @throws CliError when they do not go together
 */
export function e2Settings(options: E2Options, listen: 'none' | 'auto'): E2Settings {
  const {
    e2,
    e2Codec: codec,
    e2Profile: profile,
    e2Listen,
    e2Allow,
    peerProfile: peerProfiles = {},
  } = options;
  const isNats = e2 === 'nats';
  if (!isNats && codec !== 'aper') {
    throw new CliError(`--e2 ${e2} and --e2-codec ${codec}: over SCTP E2AP is aligned PER`);
  }
  if (!isNats && e2Listen === 'none') {
    throw new CliError(
      `--e2 ${e2} and --e2-listen none: no RIC would be there; "ricochet e2-sim" runs the nodes against another one`,
    );
  }
  if (e2Listen === 'none' && e2Allow !== undefined) {
    throw new CliError(`--e2-listen none and --e2-allow ${e2Allow}: nodes are taken over SCTP from nowhere`);
  }
  return {
    nodesAt: e2,
    codec,
    profile,
    listen: e2Listen ?? (isNats ? listen : e2),
    ...(e2Allow !== undefined && { allow: e2Allow }),
    peerProfiles,
  };
}

function checked(text: string, check: (text: string) => unknown): string {
  try {
    check(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}
