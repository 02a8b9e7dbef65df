import { type UeEvent } from './metrics-frame.js';
import { UeIdentities } from './ue-identities.js';

const created = (rnti: number): UeEvent => ({ rnti, event_type: 'ue_create' });
const removed = (rnti: number): UeEvent => ({ rnti, event_type: 'ue_rem' });

describe('identities of UEs', () => {
  let identities: UeIdentities;
  const idOf = (rnti: number, atMs: number): number => identities.of(rnti, atMs).ueId;

  /** Before a report of all RNTIs that were created, unless others are told. */
  const happened = (events: readonly UeEvent[], atMs: number, there = events.map(({ rnti }) => rnti)) =>
    identities.happened(events, new Set(there), atMs);

  beforeEach(() => {
    identities = new UeIdentities();
  });

  it('stay with the RNTI, and are no other UE’s', () => {
    expect(idOf(0x4601, 0)).toBe(0);
    expect(idOf(0x4602, 0)).toBe(1);
    expect(idOf(0x4601, 1_000)).toBe(0);
  });

  it('go over to a new RNTI when one went and one came, in either order', () => {
    idOf(0x4601, 0);
    idOf(0x4602, 0);
    expect(happened([created(0x4603), removed(0x4601)], 1_000)).toEqual([
      'UE 0 is back, as RNTI 0x4603 after 0x4601',
    ]);
    expect(identities.of(0x4603, 1_000)).toMatchObject({ ueId: 0, firstRnti: 0x4601 });
    expect(happened([removed(0x4602)], 2_000)).toEqual([]);
    expect(happened([created(0x4604)], 9_000)).toHaveLength(1);
    expect(idOf(0x4604, 9_000)).toBe(1);
  });

  it.each([
    ['two went', [removed(0x4601), removed(0x4602), created(0x4603)], 1_000],
    ['two came', [removed(0x4601), created(0x4603), created(0x4604)], 1_000],
    ['it is too late', [created(0x4603)], 20_000],
  ])('are new when %s', (_, events, atMs) => {
    idOf(0x4601, 0);
    idOf(0x4602, 0);
    if (atMs > 1_000) happened([removed(0x4601)], 1_000);
    expect(happened(events, atMs)).toEqual([]);
    expect(idOf(0x4603, atMs)).toBe(2);
  });

  it.each([
    ['went again', [removed(0x4601), created(0x4603), removed(0x4603)], [0x4602, 0x4603]],
    ['is not there', [removed(0x4601), created(0x4603)], [0x4602]],
  ])('are not taken by an access that failed: it %s', (_, events, there) => {
    idOf(0x4601, 0);
    idOf(0x4602, 0);
    expect(happened(events, 1_000, there)).toEqual([]);
    expect(happened([created(0x4604)], 2_000)).toEqual(['UE 0 is back, as RNTI 0x4604 after 0x4601']);
  });

  it('are new when an RNTI is given anew, after a long absence and after a restart', () => {
    idOf(0x4601, 0);
    idOf(0x4602, 0);
    happened([removed(0x4601)], 500);
    happened([created(0x4601), created(0x4602)], 1_000);
    expect(idOf(0x4602, 1_000)).toBe(2);
    expect(idOf(0x4602, 62_000)).toBe(3);
    identities.forget();
    expect(idOf(0x4602, 62_000)).toBe(4);
  });
});
