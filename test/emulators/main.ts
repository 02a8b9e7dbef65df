import { parseArgs } from 'node:util';
import { formatSNssai } from '@ricochet/ran-types';
import { type EmulatedGnb } from './emulated-gnb.js';
import { OaiEmulator } from './oai/oai-emulator.js';
import { type SrsranEra } from './srsran/metrics-json.js';
import { SrsranEmulator } from './srsran/srsran-emulator.js';

/**
 * An emulated gNB for use by hand, along the wall clock until it is interrupted; see docs/adapters.
 *
 *   npx tsc -p test/emulators && node test/emulators/dist/main.js srsran-25.10 --port 8001
 */
const USAGE = `usage: main.js srsran-24.10|srsran-25.04|srsran-25.10|ocudu|oai
  --port PORT          of the remote control (8001) or telnet server (9090)
  --metrics-to HOST:PORT   where srsRAN before 25.10 sends its metrics (127.0.0.1:55555)
  --stats-file PATH    nrMAC_stats.log of oai
  --period MS          of the reports (1000)
  --ues N              (9)
  --load LOAD          of the cell; 1 is about what it carries (1)
  --seed N             (1)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    'metrics-to': { type: 'string', default: '127.0.0.1:55555' },
    'stats-file': { type: 'string' },
    period: { type: 'string', default: '1000' },
    ues: { type: 'string', default: '9' },
    load: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const load = Number(values.load);
const common = {
  periodMs: Number(values.period),
  uesPerCell: Number(values.ues),
  seed: Number(values.seed),
  radio: { load: { min: load, max: load } },
};

const ERAS: Readonly<Record<string, SrsranEra>> = {
  'srsran-24.10': '24.10',
  'srsran-25.04': '25.04',
  'srsran-25.10': '25.10',
  ocudu: 'ocudu',
};

const say = (line: string) => void process.stdout.write(`${line}\n`);

function sayUes(gnb: EmulatedGnb): void {
  const ues = gnb.network.uesOf(0).map(({ ueIndex }) => {
    const rnti = gnb.rntiOf(ueIndex);
    const snssai = gnb.sliceOf(rnti);
    return `  RNTI 0x${rnti.toString(16)}, UE ${ueIndex}: slice ${snssai === undefined ? '?' : formatSNssai(snssai)}`;
  });
  say(['UEs:', ...ues].join('\n'));
}

const [kind = ''] = positionals;
const era = ERAS[kind];
if (kind === 'oai') {
  const emulator = new OaiEmulator({
    ...common,
    port: Number(values.port ?? 9090),
    statsFile: values['stats-file'],
  });
  await emulator.start();
  say(`an emulated OAI gNB, telnet at ${emulator.address.host}:${emulator.address.port}`);
  sayUes(emulator.gnb);
  emulator.run();
} else if (era !== undefined) {
  const [host = '', port] = values['metrics-to'].split(':');
  const metricsTo = { host, port: Number(port) };
  const emulator = new SrsranEmulator({ ...common, era, port: Number(values.port ?? 8001), metricsTo });
  await emulator.start();
  say(
    era === '24.10' || era === '25.04'
      ? `an emulated srsRAN ${era}, metrics to ${values['metrics-to']}`
      : `an emulated ${era === 'ocudu' ? 'OCUDU' : `srsRAN ${era}`}, remote control at ${emulator.url}`,
  );
  sayUes(emulator.gnb);
  emulator.run();
} else {
  say(USAGE);
  process.exitCode = 2;
}
