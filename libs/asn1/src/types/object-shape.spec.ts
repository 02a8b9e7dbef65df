import { type Property, property } from './object-shape.js';

/** As where a content security policy forbids code made of strings. */
function withoutEvaluation<T>(run: () => T): T {
  const { Function: original } = globalThis;
  globalThis.Function = function () {
    throw new EvalError('refused');
  } as unknown as FunctionConstructor;
  try {
    return run();
  } finally {
    globalThis.Function = original;
  }
}

describe.each<[string, (name: string) => Property]>([
  ['compiled', property],
  ['where code may not be made of strings', (name) => withoutEvaluation(() => property(name))],
])('a property, %s', (_, make) => {
  test.each(['a', 'gNB-DU', '"] = 1; throw 1; //', '\\', '\u2028', 'constructor'])('called %j', (name) => {
    const { get, set, only } = make(name);
    const object = {};
    set(object, 5);
    expect(Object.entries(object)).toEqual([[name, 5]]);
    expect(get(object)).toBe(5);
    expect(only(6)).toEqual({ [name]: 6 });
  });

  test('can not be __proto__', () => {
    expect(() => make('__proto__')).toThrow('a field can not be called __proto__');
  });
});
