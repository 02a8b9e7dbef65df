import fc from 'fast-check';
import { readMacStats } from './mac-stats.js';

const TEXT_2024 = `UE RNTI 928c CU-UE-ID 1 in-sync PH 45 dB PCMAX 21 dBm, average RSRP -83 (17 meas)
UE 928c: CQI 13, RI 2, PMI (0,0)
UE 928c: UL-RI 1, TPMI 0
UE 928c: dlsch_rounds 681/10/1/0, dlsch_errors 3, pucch0_DTX 9, BLER 0.02678 MCS (1) 22
UE 928c: ulsch_rounds 1136/77/0/0, ulsch_errors 0, ulsch_DTX 0, BLER 0.07390 MCS (1) 6 (Qm 4 deltaMCS 0 dB) NPRB 106  SNR 17.5 dB
UE 928c: MAC:    TX         344885 RX        2627890 bytes
UE 928c: LCID 4: TX          43621 RX        2616709 bytes
UE RNTI 6542 CU-UE-ID (none) out-of-sync PH 45 dB PCMAX 21 dBm
`;

const TEXT_2026 = `=== Cell 0 ===
UE RNTI 4a1c CU-UE-ID 7 in-sync PH 40 dB PCMAX 23 dBm, average RSRP -84 (12 meas), average SINR 21.3 (30 meas)
UE 4a1c: CSI [CQI 15 RI 1 PMI (0,0)] SRS [UL-RI 2 TPMI 3]
UE 4a1c: dlsch_rounds 1234/56/7/0, dlsch_errors 3, pucch0_DTX 0 (SNR 25.0+2.0) RSSI -50.1, BLER 0.00123 MCS (0) 27 (Qm 6) CCE fail 0
UE 4a1c: ulsch_rounds 890/12/1/0, ulsch_errors 0, ulsch_DTX 2, BLER 0.00010 MCS (1) 20 (Qm 4 deltaMCS 0) NPRB 20 SNR 22.0 (+1.0) RSSI -51.0 CCE fail 0
UE 4a1c: LCID 1,2,4, goodput DL   12.34 UL    5.67 Mbps

gNB_scheduler: 12.3 us
`;

describe('nrMAC_stats.log', () => {
  it('of 2024 tells blocks, modulation and octets', () => {
    expect([...readMacStats(TEXT_2024).ues.values()]).toEqual([
      {
        rnti: 0x928c,
        number: 1,
        inSync: true,
        cqi: 13,
        layers: 2,
        firstRounds: 681,
        laterRounds: 11,
        lostBlocks: 3,
        mcsTable: 1,
        mcs: 22,
        txBytes: 344_885,
      },
      { rnti: 0x6542, inSync: false },
    ]);
  });

  it('of 2026 tells the goodput in place of octets', () => {
    expect([...readMacStats(TEXT_2026).ues.values()]).toEqual([
      {
        rnti: 0x4a1c,
        number: 7,
        inSync: true,
        cqi: 15,
        layers: 1,
        firstRounds: 1_234,
        laterRounds: 63,
        lostBlocks: 3,
        mcsTable: 0,
        mcs: 27,
        goodputMbps: 12.34,
      },
    ]);
  });

  it('of a release in between has the goodput in the line of blocks', () => {
    const line =
      'UE 4a1c: dlsch_rounds 9/0/0/0, dlsch_errors 0, BLER 0.0 MCS (1) 27 CCE fail 0, goodput 12.50 Mbps\n';
    expect(readMacStats(line).ues.get(0x4a1c)).toMatchObject({ goodputMbps: 12.5, mcs: 27 });
  });

  it('counts no line that is cut off', () => {
    const cut = TEXT_2024.slice(0, TEXT_2024.indexOf('344885') + 3);
    expect(readMacStats(cut).ues.get(0x928c)).toMatchObject({ mcs: 22 });
    expect(readMacStats(cut).ues.get(0x928c)).not.toHaveProperty('txBytes');
  });

  it('never fails, whatever it holds, and has an end to its UEs', () => {
    const whole = TEXT_2024 + TEXT_2026;
    const broken = fc
      .tuple(fc.nat(whole.length), fc.string({ maxLength: 6 }), fc.nat(30))
      .map(([at, more, cut]) => whole.slice(0, at) + more + whole.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(broken, fc.string()), (text) => {
        for (const ue of readMacStats(text).ues.values()) {
          for (const value of Object.values(ue)) expect(Number(value)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
    const crowd = Array.from({ length: 5_000 }, (_, rnti) => `UE ${(rnti + 4_096).toString(16)}: CQI 3\n`);
    const { ues, leftOut } = readMacStats(crowd.join('') + crowd.join(''));
    expect([ues.size, leftOut]).toEqual([1_024, 3_976]);
  });
});
