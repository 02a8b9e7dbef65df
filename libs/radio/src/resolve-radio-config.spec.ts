import { type RadioInput } from './radio-config.js';
import { RadioConfigError } from './radio-config.error.js';
import { resolveRadioConfig } from './resolve-radio-config.js';

describe('radio configuration', () => {
  it('resolves the presets whole', () => {
    const paper = resolveRadioConfig({});
    expect(paper).toMatchObject({ preset: 'paper', cells: 7, uesPerCell: 30, prbsPerCell: 100 });
    expect(paper.channel).toMatchObject({ txPowerDbm: 56, pathLoss: 'exponent', shadowing: false });
    const real = resolveRadioConfig({ preset: 'tr38901', channel: { pathLoss: 'RMa' } });
    expect(real.layout).toMatchObject({ interSiteDistanceM: 1732, siteHeightM: 35 });
    expect(real.link.harq).toEqual({ maxTransmissions: 4, roundTripMs: 8 });
  });

  it('puts overrides on top, and fills options that are switched on', () => {
    const config = resolveRadioConfig({
      cells: 12,
      channel: { shadowing: { sigmaDb: 3 }, txPowerDbm: undefined },
      slices: { eMBB: { onOff: false }, URLLC: { onOff: { onMeanMs: 5 }, snssai: { sst: 2, sd: '0003e8' } } },
      handover: {},
    });
    expect(config.channel).toMatchObject({ shadowing: { sigmaDb: 3, correlationM: null }, txPowerDbm: 56 });
    expect(config.slices.eMBB.onOff).toBe(false);
    expect(config.slices.URLLC.onOff).toEqual({ onMeanMs: 5, offMeanMs: 400 });
    expect(config.slices.URLLC.snssai).toEqual({ sst: 2, sd: '0003e8' });
    expect(config.mobility.area).toBe('network');
    expect(config.layout.wrapAround).toBe(true);
    expect(resolveRadioConfig({}).layout.wrapAround).toBe(false);
    expect(resolveRadioConfig(config)).toEqual(config);
  });

  it.each([
    ['cells', { cells: 0 }],
    ['cells', { cells: 1.5 }],
    ['cells', { cells: '7' }],
    ['cels', { cels: 7 }],
    ['preset', { preset: 'lte' }],
    ['channel.pathLoss', { preset: 'tr38901', channel: { pathLoss: 'UMx' } }],
    ['channel.pathLoss', { channel: { pathLoss: 'UMx' } }],
    ['channel.fading.periodMs', { channel: { fading: { periodMs: 3 } } }],
    ['channel.fading', { channel: { fading: 7 } }],
    ['channel.txPowerDbm', { channel: { txPowerDbm: NaN } }],
    ['load', { load: { min: 0.9, max: 0.5 } }],
    ['duTypes', { duTypes: ['harbour'] }],
    ['duTypes', { duTypes: [] }],
    ['duTypes', { duTypes: 'stadium' }],
    ['slices', { slices: { eMBB: { quota: { minRatio: 60 } }, URLLC: { quota: { minRatio: 60 } } } }],
    ['slices.eMBB.model', { slices: { eMBB: { model: 'voice' } } }],
    ['slices.eMBB', { slices: { eMBB: 3 } }],
    ['traffic.surges', { traffic: { surges: true } }],
    ['traffic.modulation.depth', { traffic: { modulation: { depth: 2 } } }],
    ['layout.minDistanceM', { layout: { minDistanceM: 400 } }],
    ['handover.offset', { handover: { offset: 3 } }],
    ['mobility.turnPeriodMs', { mobility: { turnPeriodMs: 150 } }],
  ])('refuses a bad %s by its name', (key, input) => {
    let caught: unknown;
    try {
      resolveRadioConfig(input as unknown as RadioInput);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(RadioConfigError);
    expect((caught as RadioConfigError).key).toBe(key);
  });
});
