import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONTROLS_SCHEMA_FILE, DESCRIPTOR_FILE } from '@ricochet/contracts';
import { messageOf } from '@ricochet/platform';
import { type z } from 'zod';
import { type XAppDefinition } from './define-xapp.js';
import { describeXApp } from './describe-xapp.js';

// `describe-xapp dist/xapp.js`: the descriptor and the schema of the definition that the module exports by default,
// written into the current folder.
const [module] = process.argv.slice(2);
try {
  if (module === undefined) throw new Error('usage: describe-xapp <module that exports the xApp by default>');
  const { default: definition } = (await import(pathToFileURL(resolve(module)).href)) as {
    readonly default?: XAppDefinition<z.ZodType>;
  };
  if (definition?.config === undefined) throw new Error(`${module} exports no xApp by default`);
  const { descriptor, controlsSchema } = describeXApp(definition);
  for (const [file, content] of [
    [DESCRIPTOR_FILE, descriptor],
    [CONTROLS_SCHEMA_FILE, controlsSchema],
  ] as const) {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  }
} catch (error) {
  process.stderr.write(`describe-xapp: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
