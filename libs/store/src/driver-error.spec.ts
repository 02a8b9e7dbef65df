import { QueryFailedError } from 'typeorm';
import { storeErrorFrom } from './driver-error.js';
import { StoreError } from './store.error.js';

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

describe('storeErrorFrom', () => {
  it.each([
    ['EACCES', 'STORE_NOT_WRITABLE', true],
    ['SQLITE_READONLY_DIRECTORY', 'STORE_NOT_WRITABLE', true],
    ['ENOSPC', 'STORE_FULL', true],
    ['SQLITE_IOERR_WRITE', 'STORE_IO', true],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_BUSY', true],
    ['SQLITE_CONSTRAINT_NOTNULL', 'STORE_BAD_RECORD', false],
    ['SQLITE_ERROR', 'STORE_FAILED', false],
  ])('names %s %s', (code, expected, passing) => {
    const cause = withCode('what happened', code);
    const error = storeErrorFrom(cause, '/x.sqlite');
    expect(error).toMatchObject({ code: expected, passing, cause });
    expect(error.message).toMatch(/^store \/x\.sqlite: .*what happened\)?$/);
  });

  it("goes by the driver's error inside TypeORM's and keeps the whole", () => {
    const cause = new QueryFailedError('INSERT', [], withCode('database or disk is full', 'SQLITE_FULL'));
    const error = storeErrorFrom(cause, '/x.sqlite');
    expect(error.message).toBe('store /x.sqlite: the disk is full (database or disk is full)');
    expect(error.cause).toBe(cause);
  });

  it('passes its own errors on and understands what is no error at all', () => {
    const own = new StoreError('STORE_CLOSED', 'store /x.sqlite: it is closed');
    expect(storeErrorFrom(own, '/y')).toBe(own);
    expect(storeErrorFrom('odd', '/x').message).toBe('store /x: odd');
  });
});
