import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { PROFILE_NAMES, profiles, type ProfileName } from '@ricochet/e2ap';
import { profileJson, profilesTable, profileText } from '../adapter/profiles-table.js';
import { type AdapterOptions, runAdapter } from '../adapter/run-adapter.js';
import { CliError } from '../cli.error.js';
import { e2CodecOption, e2Option } from './e2-options.js';
import { natsOption, runningOption } from './options.js';

interface SrsranCommandOptions extends AdapterOptions {
  readonly ws?: string;
  readonly udp?: string;
  readonly mcsTable: string;
}

interface OaiCommandOptions extends AdapterOptions {
  readonly telnet?: string;
  readonly macStats?: string;
}

export function adapterCommand(): Command {
  return new Command('adapter')
    .description('make a running gNB an E2 node of a RIC that runs')
    .addCommand(srsranCommand())
    .addCommand(oaiCommand())
    .addCommand(profilesCommand());
}

function srsranCommand(): Command {
  const command = new Command('srsran')
    .description('a gNB of srsRAN or OCUDU')
    .option('--ws <url>', 'remote control of srsRAN 25.10 and OCUDU, such as ws://gnb:8001')
    .option('--udp <address>', 'where srsRAN 24.04 to 25.04 sends its JSON metrics, such as 0.0.0.0:55555')
    .addOption(
      new Option('--mcs-table <table>', "the gNB's cell_cfg.pdsch.mcs_table")
        .choices(['qam64', 'qam256', 'qam64LowSE'])
        .default('qam256'),
    );
  return withCommonOptions(command).action(
    async ({ ws, udp, mcsTable, ...options }: SrsranCommandOptions) => {
      if ((ws === undefined) === (udp === undefined)) {
        throw new CliError(
          'give --ws <url> (srsRAN 25.10, OCUDU) or --udp <address> (srsRAN 24.04 to 25.04)',
        );
      }
      const address = ws ?? `udp://${udp}`;
      await runAdapter('srsran', { RICOCHET_GNB: address, RICOCHET_MCS_TABLE: mcsTable }, options);
    },
  );
}

function oaiCommand(): Command {
  const command = new Command('oai')
    .description('a gNB of OpenAirInterface')
    .option('--telnet <address>', 'its telnet server with the o1 module, such as gnb:9090')
    .option('--mac-stats <file>', 'its nrMAC_stats.log');
  return withCommonOptions(command).action(async ({ telnet, macStats, ...options }: OaiCommandOptions) => {
    if (telnet === undefined && macStats === undefined) {
      throw new CliError('give --telnet <address>, --mac-stats <file>, or both');
    }
    const env = {
      ...(telnet !== undefined && { RICOCHET_GNB: telnet }),
      ...(macStats !== undefined && { RICOCHET_MAC_STATS: resolve(macStats) }),
    };
    await runAdapter('oai', env, options);
  });
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--config <file>', 'what the gNB does not tell: PLMN, cells, slices, the slices of UEs (YAML)')
    .addOption(e2Option())
    .addOption(e2CodecOption())
    .addOption(natsOption('the NATS server of the RIC (default: that of the "ricochet up" in --data)'))
    .addOption(runningOption())
    .option('--http <address>', 'where health and metrics are served, such as 127.0.0.1:9465');
}

function profilesCommand(): Command {
  return new Command('profiles')
    .description('what nodes of each make and release can do: measurements, control, limits')
    .addArgument(new Argument('[profile]', 'of this one, all of it').choices(PROFILE_NAMES))
    .option('--json', 'as JSON')
    .action((name: ProfileName | undefined, { json }: { json?: boolean }) => {
      const shown = name === undefined ? PROFILE_NAMES.map((each) => profiles[each]) : [profiles[name]];
      const text = (): string => (name === undefined ? profilesTable(shown) : profileText(profiles[name]));
      process.stdout.write(`${json ? JSON.stringify(shown.map(profileJson), null, 2) : text()}\n`);
    });
}
