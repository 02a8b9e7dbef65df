#!/usr/bin/env node
/**
 * Compiles kernels/ with AssemblyScript, once for plain and once for relaxed SIMD, and writes the bytes into
 * src/engine/kernels.generated.ts.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const room = dirname(dirname(fileURLToPath(import.meta.url)));

async function compile(features) {
  const { error, binary, stderr } = await compileTo('kernels.wasm', features);
  if (error) throw new Error(`kernels do not compile: ${error.message}\n${stderr}`);
  return binary;
}

async function compileTo(outFile, features) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      join(room, 'kernels/index.ts'),
      ...['--outFile', outFile],
      ...['--runtime', 'stub'],
      ...['--optimizeLevel', '3', '--noAssert'],
      ...['--importMemory', '--initialMemory', '16', '--noExportMemory', '--zeroFilledMemory'],
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    { writeFile: (_name, data) => (binary = data) },
  );
  return { error, binary, stderr: stderr.toString() };
}

const base64 = (bytes) => Buffer.from(bytes).toString('base64');
const simd128 = base64(await compile(['simd']));
const relaxed = base64(await compile(['simd', 'relaxed-simd']));
writeFileSync(
  join(room, 'src/engine/kernels.generated.ts'),
  `/** Written by bin/build-kernels.js from kernels/. */
export const simd128Module =
  '${simd128}';
export const relaxedSimdModule =
  '${relaxed}';
`,
);
