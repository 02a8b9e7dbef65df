import { type BitReader } from '../per/bit-reader.js';
import { readCountedOctets, writeCountedOctets } from '../per/length.js';
import { defineType, outOfConstraint, refuse, type Type } from '../type.js';

const pattern = /^[0-2](\.(0|[1-9][0-9]{0,38}))+$/;

/** 128 bits, as in UUIDs under 2.25, take 19 octets of 7 bits. */
const maxArcOctets = 19;

const type = defineType<string>({
  minBits: 16,
  encode(writer, value) {
    if (typeof value !== 'string') refuse(value, 'a dotted object identifier');
    if (!pattern.test(value)) outOfConstraint(value, 'a dotted object identifier');
    const [first, second, ...others] = value.split('.').map(BigInt);
    if (first! < 2n && second! >= 40n) outOfConstraint(value, 'a second arc below 40 under 0 and 1');
    const octets: number[] = [];
    for (const arc of [first! * 40n + second!, ...others]) pushArc(octets, arc, value);
    writeCountedOctets(writer, Uint8Array.from(octets));
  },
  decode(reader) {
    const octets = readCountedOctets(reader);
    const arcs = readArcs(reader, octets);
    const first = arcs[0]!;
    const root = first < 80n ? first / 40n : 2n;
    return [root, first - root * 40n, ...arcs.slice(1)].join('.');
  },
});

/** OBJECT IDENTIFIER as `1.3.6.1` (X.691 24; contents as in X.690 8.19); arcs up to 128 bits. */
export const objectIdentifier = (): Type<string> => type;

/** Seven bits an octet, the high bit set in all but the last. */
function pushArc(octets: number[], arc: bigint, value: string): void {
  const low = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) low.push(Number(rest & 0x7fn) | 0x80);
  if (low.length > maxArcOctets) outOfConstraint(value, 'arcs below 2^128');
  octets.push(...low.reverse());
}

function readArcs(reader: BitReader, octets: Uint8Array): bigint[] {
  const arcs: bigint[] = [];
  let arc = 0n;
  let length = 0;
  for (const octet of octets) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (++length > maxArcOctets) reader.fail('ASN1_CONSTRAINT', 'expected arcs below 2^128');
    if (octet >= 0x80) continue;
    arcs.push(arc);
    arc = 0n;
    length = 0;
  }
  if (arcs.length === 0 || length > 0)
    reader.fail('ASN1_MALFORMED', 'expected a last arc of an object identifier');
  return arcs;
}
