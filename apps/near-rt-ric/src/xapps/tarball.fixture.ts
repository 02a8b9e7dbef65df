import { gzipSync } from 'node:zlib';

/** An entry of a tar file; a file unless told otherwise. */
export interface TarEntry {
  readonly path: string;
  readonly text?: string;
  readonly type?: string;
  readonly link?: string;
  readonly mode?: number;
}

/** A gzipped tar file of these entries. */
export function tarball(entries: readonly TarEntry[]): Buffer {
  return gzipSync(Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(1_024)]));
}

function blocksOf({ path, text = '', type = '0', link = '', mode = 0o644 }: TarEntry): Buffer[] {
  const contents = Buffer.from(text);
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
  header.write(`${contents.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, octet) => total + octet, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (contents.length % 512)) % 512);
  return [header, contents, padding];
}

/** A pax header that gives the next entry a path. */
export function paxPathEntry(path: string): TarEntry {
  const record = (length: number): string => `${length} path=${path}\n`;
  let length = record(0).length;
  while (Buffer.byteLength(record(length)) !== length) length = Buffer.byteLength(record(length));
  return { path: 'PaxHeader', type: 'x', text: record(length) };
}

/** The files of a small xApp, as text by path. */
export function packageFiles(name: string, version: string, more: object = {}): Record<string, string> {
  return {
    'package.json': JSON.stringify({ name, version, main: 'main.js' }),
    'main.js': '// runs\n',
    'config-file.json': JSON.stringify({
      xapp_name: name,
      version,
      containers: [{ name, image: { registry: 'local', name, tag: version } }],
      ...more,
    }),
  };
}

/** As `npm pack` makes it. */
export function packed(files: Readonly<Record<string, string>>): Buffer {
  return tarball(Object.entries(files).map(([path, text]) => ({ path: `package/${path}`, text })));
}
