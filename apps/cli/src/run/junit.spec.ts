import { type AssertionResult } from './judge-assertions.js';
import { jUnitXml } from './junit.js';
import { type RunOutcome } from './run-outcome.js';
import { type RunSummary } from './summary.js';

const outcome = (assertions: readonly AssertionResult[] | undefined, seed = 1): RunOutcome => ({
  scenario: 'a "b" & c',
  seed,
  wallMs: 1_500,
  summary: { controller: 'need+pf', kpiHash: 'abc', ...(assertions && { assertions }) } as RunSummary,
});

describe('jUnitXml', () => {
  it('has a suite a run, a case an assertion, and what was measured where one failed', () => {
    const xml = jUnitXml([
      outcome([
        { name: 'sla(all) > 0.5', that: 'sla(all) > 0.5', measured: 1, passed: true },
        { name: 'mine', that: 'max(all.qos) < 0.5', measured: 0.7512345678, passed: false },
        { name: 'sla(eMBB) > 1', that: 'sla(eMBB) > 1', measured: null, passed: false },
      ]),
      { scenario: 'gone', seed: 2, wallMs: 500, fault: 'line one\nand "two" \u0000\u001b[31m' },
      outcome(undefined, 3),
    ]);
    expect(xml.split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="ricochet" tests="5" failures="2" errors="1" skipped="0" time="3.5">',
      '  <testsuite name="a &quot;b&quot; &amp; c, seed 1" tests="3" failures="2" errors="0" skipped="0" time="1.5">',
      '    <properties>',
      '      <property name="seed" value="1"/>',
      '      <property name="controller" value="need+pf"/>',
      '      <property name="kpiHash" value="abc"/>',
      '    </properties>',
      '    <testcase classname="a &quot;b&quot; &amp; c" name="sla(all) &gt; 0.5"/>',
      '    <testcase classname="a &quot;b&quot; &amp; c" name="mine"><failure message="max(all.qos) &lt; 0.5, measured 0.751235"/></testcase>',
      '    <testcase classname="a &quot;b&quot; &amp; c" name="sla(eMBB) &gt; 1"><failure message="measured no value"/></testcase>',
      '  </testsuite>',
      '  <testsuite name="gone, seed 2" tests="1" failures="0" errors="1" skipped="0" time="0.5">',
      '    <properties>',
      '      <property name="seed" value="2"/>',
      '    </properties>',
      '    <testcase classname="gone" name="runs to its end"><error message="line one&#10;and &quot;two&quot; [31m"/></testcase>',
      '  </testsuite>',
      '  <testsuite name="a &quot;b&quot; &amp; c, seed 3" tests="1" failures="0" errors="0" skipped="0" time="1.5">',
      '    <properties>',
      '      <property name="seed" value="3"/>',
      '      <property name="controller" value="need+pf"/>',
      '      <property name="kpiHash" value="abc"/>',
      '    </properties>',
      '    <testcase classname="a &quot;b&quot; &amp; c" name="runs to its end"/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ]);
  });

  it('skips what a run did not come to, and what does not hold of a method that is compared', () => {
    const assertions = [{ name: 'mine', that: 'mine', measured: 1, passed: false }];
    const { summary } = outcome(assertions);
    const early = { ...summary, assertionsNotReached: ['late'] } as RunSummary;
    const xml = jUnitXml([
      { ...outcome(assertions), summary: early },
      { ...outcome(assertions, 2), method: 'need+pf' },
      { scenario: 'gone', seed: 3, method: 'ddpg', wallMs: 500, fault: 'gone' },
    ]);
    expect(xml).toContain('<testsuites name="ricochet" tests="4" failures="1" errors="1" skipped="2"');
    expect(xml).toContain('name="mine"><failure message="measured 1"/>');
    expect(xml).toContain('name="late"><skipped message="the run ended before"/>');
    expect(xml).toContain(
      'name="mine"><skipped message="a finding of the comparison, not a failure: it does not hold, measured 1"/>',
    );
    expect(xml).toContain('<error message="gone"/>');
  });
});
