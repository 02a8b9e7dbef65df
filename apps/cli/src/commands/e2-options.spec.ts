import { Command } from 'commander';
import { PROFILE_NAMES } from '@ricochet/e2ap';
import {
  e2AllowOption,
  e2CodecOption,
  e2ListenOption,
  e2Option,
  e2ProfileOption,
  e2Settings,
  peerProfileOption,
  type E2Options,
} from './e2-options.js';

function read(...args: string[]): E2Options {
  const options = [
    e2Option(),
    e2CodecOption(),
    e2ProfileOption(),
    e2ListenOption(),
    e2AllowOption(),
    peerProfileOption(),
  ];
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const option of options) command.addOption(option);
  return command.parse(args, { from: 'user' }).opts();
}

const RIC = 'sctp://10.0.0.1:36421';

describe('the options about E2', () => {
  it('are NATS, aligned PER and nodes of the standard by default', () => {
    expect(e2Settings(read(), 'auto')).toEqual({
      nodesAt: 'nats',
      codec: 'aper',
      profile: 'oran',
      listen: 'auto',
      peerProfiles: {},
    });
  });

  it.each([
    [[], 'none'],
    [['--e2', RIC], RIC],
    [['--e2', RIC, '--e2-listen', 'sctp://0.0.0.0'], 'sctp://0.0.0.0'],
    [['--e2-listen', 'none'], 'none'],
  ])('%j have the RIC listen at %s', (args, listen) => {
    expect(e2Settings(read(...args), 'none').listen).toBe(listen);
  });

  it('say from where nodes are taken', () => {
    expect(e2Settings(read('--e2-allow', '10.0.0.0/8,::1'), 'auto').allow).toBe('10.0.0.0/8,::1');
  });

  it('tell how the RIC speaks to nodes, one or many', () => {
    const { peerProfiles } = e2Settings(
      read('--peer-profile', 'gnb-001-01-411-du-0=srsran', '--peer-profile', 'gnb-999-*=flexric-3.01'),
      'auto',
    );
    expect(peerProfiles).toEqual({ 'gnb-001-01-411-du-0': 'srsran', 'gnb-999-*': 'flexric-3.01' });
    expect(read('--peer-profile', '*=srsran').peerProfile).toEqual({ '*': 'srsran' });
  });

  it.each([
    [['--e2', 'tcp://ric'], 'expected nats or sctp://host:port, got "tcp://ric": neither of them'],
    [['--e2-listen', 'nats'], 'expected sctp://host:port or none'],
    [['--e2-listen', 'sctp://ric:0'], '"0" is no port'],
    [['--e2-allow', '10.0.0.0/33'], 'got "10.0.0.0/33"'],
    [['--e2-profile', 'oai'], 'Allowed choices are oran, srsran, flexric-2.03, flexric-3.01'],
    [['--peer-profile', 'srsran'], `expected <node id or prefix*>=<${PROFILE_NAMES.join('|')}>`],
    [['--peer-profile', 'gnb-1=oai'], 'expected <node id or prefix*>=<'],
    [['--peer-profile', 'gnb-*-1=oran'], 'expected <node id or prefix*>=<'],
  ])('%j are refused in words', (args, words) => {
    expect(() => read(...args)).toThrow(words);
  });

  it.each([
    [['--e2', RIC, '--e2-codec', 'json'], `--e2 ${RIC} and --e2-codec json: over SCTP E2AP is aligned PER`],
    [['--e2', RIC, '--e2-listen', 'none'], `--e2 ${RIC} and --e2-listen none: no RIC would be there`],
    [['--e2-listen', 'none', '--e2-allow', '::1'], '--e2-listen none and --e2-allow ::1: nodes are taken'],
  ])('%j do not go together', (args, words) => {
    expect(() => e2Settings(read(...args), 'none')).toThrow(words);
  });
});
