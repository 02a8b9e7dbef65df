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
});
