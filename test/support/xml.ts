/** An element of an XML text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads XML that has elements and attributes, and no text of its own. @throws Error what is not well-formed */
export function parseXml(text: string): XmlElement {
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[] }[] = [
    { name: '', attributes: {}, children: [] },
  ];
  const body = text.replace(/^<\?xml [^?]*\?>/, '');
  const rest = body.replaceAll(
    /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, end, name, list, alone) => {
      if (end === '/') {
        const closed = open.pop();
        if (closed?.name !== name) throw new Error(`</${String(name)}> closes ${closed?.name}`);
        return '';
      }
      const attributes = Object.fromEntries(
        [...String(list).matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
          key,
          unescaped(value),
        ]),
      );
      const element = { name: String(name), attributes, children: [] };
      open.at(-1)?.children.push(element);
      if (alone !== '/') open.push(element);
      return '';
    },
  );
  const [root] = open;
  if (rest.trim() !== '' || open.length !== 1)
    throw new Error(`not well-formed: ${rest.trim() || open.at(-1)?.name}`);
  if (root?.children.length !== 1) throw new Error('not one root element');
  return root.children[0] as XmlElement;
}

/** All elements of a name, at any depth, in their order. */
export function elementsOf(root: XmlElement, name: string): XmlElement[] {
  const inside = root.children.flatMap((child) => elementsOf(child, name));
  return root.name === name ? [root, ...inside] : inside;
}

function unescaped(value: string): string {
  return value.replaceAll(/&(#?\w*)(;?)/g, (whole, name: string, end: string) => {
    const character = name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : ENTITIES[name];
    if (character === undefined || end === '') throw new Error(`not an entity: ${whole}`);
    return character;
  });
}
