import { resolve } from 'node:path';
import { namedLocation, storeLocation } from './store-location.js';
import { StoreError } from './store.error.js';

const schema = 'near_rt_ric';

describe('storeLocation', () => {
  it('takes PostgreSQL URLs for what they are and all else for files', () => {
    expect(storeLocation('postgres://h/d', schema)).toEqual({ url: 'postgres://h/d', schema });
    expect(storeLocation('postgresql://h/d', schema)).toEqual({ url: 'postgresql://h/d', schema });
    expect(storeLocation('run/ric.sqlite', schema)).toEqual({ path: 'run/ric.sqlite' });
  });
});

describe('namedLocation', () => {
  it('names a file by its absolute path', () => {
    const path = resolve('ric.sqlite');
    expect(namedLocation({ path: 'ric.sqlite' })).toEqual({ place: path, location: { path } });
  });

  it.each([
    ['postgres://user:secret@db.example/ric', 'postgres://db.example:5432/ric (schema near_rt_ric)'],
    [
      'postgresql://user:se%40cret@[::1]:6432/ric?sslmode=require',
      'postgres://[::1]:6432/ric (schema near_rt_ric)',
    ],
    ['postgres://user:secret@%2Ftmp%2Fpg/ric', 'postgres:///ric?host=/tmp/pg (schema near_rt_ric)'],
    ['postgres:///ric?host=/tmp/pg&password=secret', 'postgres:///ric?host=/tmp/pg (schema near_rt_ric)'],
  ])('names %s without user and password', (url, place) => {
    expect(namedLocation({ url, schema })).toEqual({ place, location: { url, schema } });
  });

  it.each([
    ['mysql://user:secret@db/ric', schema],
    ['postgres://user:secret@db:port/ric', schema],
    ['postgres://user:secret@db/ric', 'near-rt-ric'],
    ['postgres://user:secret@db/ric', ''],
    ['postgres://user:secret@db/ric', 'x'.repeat(64)],
  ])('refuses %s with schema "%s" and does not tell the password', (url, badSchema) => {
    expect(() => namedLocation({ url, schema: badSchema })).toThrow(StoreError);
    expect(() => namedLocation({ url, schema: badSchema })).toThrow(/^store: (?!.*secret)/);
  });
});
