import fc from 'fast-check';
import { JsonObjects } from './json-objects.js';

const MAX_BYTES = 10_000;
const push = (cutter: JsonObjects, text: string) => cutter.push(Buffer.from(text));

describe('JSON objects in datagrams', () => {
  it('are cut apart, with any white space between them', () => {
    const cutter = new JsonObjects(MAX_BYTES);
    expect(push(cutter, '{"a":{"b":1}}{}\n {"c":"}{\\"}"}\n')).toEqual({
      objects: ['{"a":{"b":1}}', '{}', '{"c":"}{\\"}"}'],
      lostBytes: 0,
    });
  });

  it('are put together from several', () => {
    const cutter = new JsonObjects(MAX_BYTES);
    expect(push(cutter, '{"a":"x\\').objects).toEqual([]);
    expect(push(cutter, '"{","b":[{').objects).toEqual([]);
    expect(push(cutter, '}]}{"c"').objects).toEqual(['{"a":"x\\"{","b":[{}]}']);
    expect(push(cutter, ':2}').objects).toEqual(['{"c":2}']);
  });

  it('go on after one whose end was lost', () => {
    const cutter = new JsonObjects(MAX_BYTES);
    push(cutter, '{"a":[{"b":1},');
    expect(push(cutter, '{"timestamp":2}\n')).toEqual({ objects: ['{"timestamp":2}'], lostBytes: 14 });
    expect(push(cutter, '{"timestamp":3}').objects).toEqual(['{"timestamp":3}']);
  });

  it('go on after garbage and after one that is too long', () => {
    const cutter = new JsonObjects(20);
    expect(push(cutter, 'hello {"a":1}')).toEqual({ objects: ['{"a":1}'], lostBytes: 5 });
    expect(push(cutter, `{"a":"${'x'.repeat(30)}`)).toEqual({ objects: [], lostBytes: 36 });
    expect(push(cutter, '{"a":2}').objects).toEqual(['{"a":2}']);
  });

  it('are found wherever the datagrams end', () => {
    const object = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 });
    fc.assert(
      fc.property(
        fc.array(object, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat(9)),
        (all, sizes) => {
          const whole = Buffer.from(all.map((one) => JSON.stringify(one)).join('\n'));
          const cutter = new JsonObjects(1e6);
          const found: unknown[] = [];
          for (let at = 0; at < whole.length;) {
            // A piece that is whole in itself would be taken for a new beginning: those are tested above.
            const end = at + Math.ceil(whole.length / 60) + Number(sizes.next().value);
            const piece = whole.subarray(at, end);
            if (at > 0 && /^\s*\{.*\}\s*$/s.test(piece.toString())) return;
            found.push(...cutter.push(piece).objects.map((text): unknown => JSON.parse(text)));
            at = end;
          }
          expect(found).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
    );
  });

  it('never hold more than allowed, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (datagrams) => {
        const cutter = new JsonObjects(100);
        for (const datagram of datagrams) {
          const { lostBytes } = cutter.push(Buffer.from(datagram));
          expect(lostBytes).toBeLessThanOrEqual(300);
        }
      }),
    );
  });
});
