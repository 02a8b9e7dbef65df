import { OperatorLog } from './operator-log.js';

describe('OperatorLog', () => {
  it('keeps the latest six lines, whatever their level', () => {
    const log = new OperatorLog('test');
    for (let n = 1; n <= 4; n++) {
      log.info(`info ${n}`);
      log.warn(`warning ${n}`);
    }
    expect(log.latest).toEqual(['info 2', 'warning 2', 'info 3', 'warning 3', 'info 4', 'warning 4']);
  });

  it('shows nothing that steers a terminal, and no end of nothing', () => {
    const log = new OperatorLog('test');
    log.warn(`lost: \u001b[2J${'x'.repeat(1_000_000)}`);
    expect(log.latest).toEqual([expect.stringMatching(/^lost: {2}\[2Jx{1900,2000}…$/)]);
  });
});
