import Table from 'cli-table3';
import { type PeerProfile } from '@ricochet/e2ap';
import { type KpiLevel } from '@ricochet/ran-types';

const LEVELS: readonly KpiLevel[] = ['cell', 'slice', 'ue'];
const QUOTA_WORDS: Readonly<Record<PeerProfile['rc']['quotaApplies'], string>> = {
  all: 'min, max, dedicated',
  'max-only': 'max alone',
  none: 'none',
};
const CONDITION_WORDS: Readonly<Record<PeerProfile['kpm']['ueCondition'], string>> = {
  present: 'all, or of a slice',
  equal: 'of a slice',
  ignored: 'all',
};
const LIMITS_COLUMNS = 60;

/** What nodes of all profiles can do, a line each. */
export function profilesTable(profiles: readonly PeerProfile[]): string {
  const table = new Table({
    head: ['profile', 'RAN', 'reached by', 'cell', 'slice', 'UE', 'UEs', 'slice quota', 'limits'],
    colWidths: [null, 22, 18, null, null, null, 12, 12, LIMITS_COLUMNS],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const profile of profiles) {
    const { name, kpm, rc, capabilities } = profile;
    const { ran, reached, limits } = capabilities;
    table.push([
      name,
      ran,
      reached,
      ...LEVELS.map((level) => countsOf(profile, level)),
      CONDITION_WORDS[kpm.ueCondition],
      QUOTA_WORDS[rc.quotaApplies],
      limits.join('\n'),
    ]);
  }
  return [
    table.toString(),
    'Measurements by level: those that the RAN tells, and + those that an adapter derives. One by name:',
    'ricochet adapter profiles <profile>',
  ].join('\n');
}

/** All that is known of one profile. */
export function profileText(profile: PeerProfile): string {
  const { name, description, e2apVersion, rc, kpm, capabilities, neverSend, unanswered } = profile;
  const { measured, derived, limits } = capabilities;
  const lines = LEVELS.flatMap((level) => [
    line(`${level}, told`, measured[level].join(', ')),
    line(`${level}, derived`, derived[level].join(', ')),
  ]);
  return [
    `${name}: ${description}`,
    line('E2AP', e2apVersion),
    ...lines.filter(({ length }) => length > 0),
    line('labels', kpm.sliceLabels ? 'S-NSSAI' : 'none'),
    line('UEs', CONDITION_WORDS[kpm.ueCondition]),
    line('slice quota', QUOTA_WORDS[rc.quotaApplies]),
    line('never sent', [...neverSend].join(', ')),
    line('not answered', [...unanswered].join(', ')),
    ...limits.map((limit) => line('limit', limit)),
  ]
    .filter(({ length }) => length > 0)
    .join('\n');
}

/** What `--json` prints. */
export function profileJson({ neverSend, unanswered, ...profile }: PeerProfile): object {
  return { ...profile, neverSend: [...neverSend], unanswered: [...unanswered] };
}

const line = (name: string, value: string): string => (value === '' ? '' : `  ${name.padEnd(16)}${value}`);

function countsOf({ capabilities: { measured, derived } }: PeerProfile, level: KpiLevel): string {
  const [told, more] = [measured[level].length, derived[level].length];
  return more === 0 ? String(told) : `${told} + ${more}`;
}
