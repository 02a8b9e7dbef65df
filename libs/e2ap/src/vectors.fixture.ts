import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../../test/fixtures/e2ap');

interface Vector {
  readonly name: string;
  readonly octets: Uint8Array;
}

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.trim(), 'hex'));

/** PDUs of FlexRIC 2.0.0 (E2AP v2.03) and of srsRAN 25.10 (E2AP v3.00). */
export const vectors: readonly Vector[] = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.hex'))
    .map((name) => ({ name, octets: fromHex(readFileSync(join(folder, name), 'utf8')) })),
  ...(
    JSON.parse(readFileSync(join(folder, 'srsran-25.10.json'), 'utf8')) as {
      name: string;
      kind: string;
      hex: string;
    }[]
  )
    .filter(({ kind }) => kind === 'e2ap')
    .map(({ name, hex }) => ({ name, octets: fromHex(hex) })),
];
