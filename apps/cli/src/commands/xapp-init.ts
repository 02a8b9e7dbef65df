import { relative } from 'node:path';
import { Command } from 'commander';
import { initXApp } from '../xapp/init/init-xapp.js';

export function xappInitCommand(): Command {
  return new Command('init')
    .description('write a new xApp in TypeScript that controls slices')
    .argument('<folder>', 'a new or empty one')
    .option('--name <name>', "the xApp's name (default: that of the folder)")
    .action(async (folder: string, { name }: { readonly name?: string }) => {
      const written = await initXApp(folder, name);
      const path = relative(process.cwd(), folder) || '.';
      process.stdout.write(
        `xApp ${written} is in ${path}; go on with: cd ${path} && npm install && npm test\n`,
      );
    });
}
