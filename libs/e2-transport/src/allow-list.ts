import { BlockList, isIP } from 'node:net';

const BITS = { 4: 32, 6: 128 } as const;
const WHOLE_NUMBER = /^\d+$/;

/** Addresses of peers that are taken. */
export class AllowList {
  private readonly ranges = new BlockList();

  private constructor(
    /** As it was read. */
    readonly text: string,
  ) {}

  /**
   * Reads addresses of IPv4 and IPv6 and ranges of them in CIDR notation, with commas between: `10.0.0.0/8, fd00::7`.
   * @throws RangeError that quotes what is neither
   */
  static parse(text: string): AllowList {
    const list = new AllowList(text);
    for (const entry of text.split(',')) list.add(entry.trim());
    return list;
  }

  /** @param address of IPv4 or IPv6; one of IPv4 in IPv6's form (`::ffff:10.0.0.1`) is that of IPv4 */
  has(address: string): boolean {
    // Link-local ones have a zone.
    const [plain = ''] = address.split('%');
    const family = isIP(plain);
    return family !== 0 && this.ranges.check(plain, `ipv${family as 4 | 6}`);
  }

  private add(entry: string): void {
    const [address = '', prefix, ...others] = entry.split('/');
    const family = isIP(address) as 0 | 4 | 6;
    if (family === 0 || others.length > 0) throw fault(entry);
    const bits = prefix === undefined ? BITS[family] : WHOLE_NUMBER.test(prefix) ? Number(prefix) : Infinity;
    if (bits > BITS[family]) throw fault(entry);
    this.ranges.addSubnet(address, bits, `ipv${family}`);
  }
}

function fault(entry: string): RangeError {
  return new RangeError(
    `expected addresses or ranges such as 10.0.0.0/8, with commas between, got ${JSON.stringify(entry)}`,
  );
}
