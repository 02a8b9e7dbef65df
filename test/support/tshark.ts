import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST = [4, 4] as const;

/** What tshark told of a frame that holds E2AP. */
export interface Dissection {
  readonly frame: number;
  /** Of E2AP. */
  readonly message: string;
  /** Of F1AP, where there is some inside. */
  readonly f1: readonly string[];
  readonly malformed: boolean;
  /** Expert infos: `severity: text`. */
  readonly experts: readonly string[];
  /** Values of the fields in `FIELDS` in their order in the frame, with spaces between them. */
  readonly values: Readonly<Record<string, string>>;
}

/** Fields whose values are kept: enough to tell that payloads were understood, and as what. */
const FIELDS: ReadonlySet<string> = new Set([
  ...['ranFunctionOID', 'RANfunctionID', 'ricRequestorID', 'ricInstanceID', 'RICindicationSN'],
  ...['reportingPeriod', 'granulPeriod', 'measName', 'integer', 'real', 'gNB-CU-UE-F1AP-ID'],
  ...['ric-Style-Type', 'ric-ControlAction-ID', 'ranParameter-ID', 'valueInt', 'carrierBandwidth'],
]);

/**
 * The tshark of this machine, or with `TSHARK_ROOT` that of a root file system (a Debian made by debootstrap, say),
 * which takes root to enter.
 */
export class Tshark {
  private constructor(
    private readonly root: string | undefined,
    readonly version: string,
  ) {}

  /** Tshark, or why it can not be used. */
  static find(): Tshark | string {
    const root = process.env['TSHARK_ROOT'];
    try {
      const [, version = ''] = /^TShark \(Wireshark\) (\d+\.\d+\.\d+)/m.exec(run(root, ['--version'])) ?? [];
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const isNewEnough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
      return isNewEnough ? new Tshark(root, version) : `tshark is ${version}, older than ${OLDEST.join('.')}`;
    } catch {
      return 'no tshark on this machine';
    }
  }

  /** Dissects a capture, in two passes: in the first one tshark takes any service model's dissector. */
  dissect(path: string): Dissection[] {
    const inside = join('/tmp', `ricochet-${process.pid}.pcap`);
    const outside = join(this.root ?? '/', inside);
    copyFileSync(path, outside);
    try {
      return parse(run(this.root, ['-2', '-r', inside, '-V', '-O', 'e2ap,f1ap']));
    } finally {
      rmSync(outside);
    }
  }
}

function run(root: string | undefined, args: readonly string[]): string {
  const [command, ...before] = root === undefined ? ['tshark'] : ['chroot', root, 'tshark'];
  return execFileSync(command ?? '', [...before, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function parse(text: string): Dissection[] {
  return text
    .split(/^(?=Frame \d+: )/m)
    .filter((frame) => frame.includes('\nE2 Application Protocol'))
    .map((frame) => {
      const lines = frame.split('\n').map((line) => line.trim());
      const values: Record<string, string> = {};
      for (const line of lines) {
        const [, name = '', value = ''] = /^([\w-]+): (.+)$/.exec(line) ?? [];
        // Choices are told like values: `measType: measName (0)`.
        if (!FIELDS.has(name) || / \(\d+\)$/.test(value)) continue;
        values[name] = name in values ? `${values[name]} ${value}` : value;
      }
      return {
        frame: Number(/^Frame (\d+)/.exec(frame)?.[1]),
        message: lines.find((line) => /^(?:E2|RIC|Reset|Error)[A-Za-z]+$/.test(line)) ?? '',
        f1: lines.flatMap((line) => /^F1 Application Protocol \((\w+)\)/.exec(line)?.[1] ?? []),
        malformed: frame.includes('Malformed Packet'),
        experts: lines.flatMap((line) => {
          const [, severity, what] = /^\[Expert Info \((\w+)\/\w+\): (.*)\]$/.exec(line) ?? [];
          return severity === undefined ? [] : [`${severity}: ${what}`];
        }),
        values,
      };
    });
}
