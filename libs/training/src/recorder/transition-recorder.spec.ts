import { ElementPacker, VectorPacker } from '@ricochet/rl';
import { TransitionRecorder } from './transition-recorder.js';

const f32 = (...values: number[]) => Float32Array.from(values);

describe('TransitionRecorder', () => {
  it('makes a transition of each decision and the reward that came after it', () => {
    const recorder = new TransitionRecorder(VectorPacker);
    recorder.record('du-1', { state: f32(1), action: f32(10) });
    recorder.record('du-2', { state: f32(7), action: f32(70), reward: 0.7 });
    recorder.record('du-1', { state: f32(2), action: f32(20), reward: 0.5 });
    recorder.record('du-1', { state: f32(3), action: f32(30), reward: 0.25 });
    expect(recorder.nodes()).toEqual(['du-1']);
    expect(recorder.take('du-1')).toEqual({
      count: 2,
      states: f32(1, 2),
      actions: f32(10, 20),
      rewards: f32(0.5, 0.25),
      nextStates: f32(2, 3),
    });
    expect(recorder.nodes()).toEqual([]);
    expect(recorder.take('du-2').count).toBe(0);
    expect(recorder.take('du-3').count).toBe(0);
  });

  it('goes on over the handing over, and not over an interruption', () => {
    const recorder = new TransitionRecorder(VectorPacker);
    recorder.record('du-1', { state: f32(1), action: f32(10) });
    recorder.take('du-1');
    recorder.record('du-1', { state: f32(2), action: f32(20), reward: 0.5 });
    recorder.interrupt('du-1');
    recorder.record('du-1', { state: f32(3), action: f32(30), reward: 0.1 });
    recorder.record('du-1', { state: f32(4), action: f32(40), reward: 0.2 });
    expect(recorder.take('du-1')).toMatchObject({ states: f32(1, 3), nextStates: f32(2, 4) });
    recorder.forget('du-1');
    recorder.record('du-1', { state: f32(5), action: f32(50), reward: 0.2 });
    expect(recorder.take('du-1').count).toBe(0);
  });

  it('breaks the chain where a decision has no reward', () => {
    const recorder = new TransitionRecorder(VectorPacker);
    recorder.record('du-1', { state: f32(1), action: f32(10) });
    recorder.record('du-1', { state: f32(2), action: f32(20) });
    recorder.record('du-1', { state: f32(3), action: f32(30), reward: 1 });
    expect(recorder.take('du-1')).toMatchObject({ states: f32(2), nextStates: f32(3) });
  });

  it('drops the oldest when nobody takes them', () => {
    const recorder = new TransitionRecorder(VectorPacker, 3);
    for (let i = 0; i <= 9; i++) recorder.record('du-1', { state: f32(i), action: f32(0), reward: 0 });
    expect(recorder.take('du-1')).toMatchObject({ states: f32(6, 7, 8), nextStates: f32(7, 8, 9) });
  });

  it('keeps each state of a chain of sets once', () => {
    const recorder = new TransitionRecorder(ElementPacker);
    const ues = (...features: number[]) => ({
      features: Float32Array.from(features),
      groups: new Int32Array(features.length),
    });
    recorder.record('du-1', { state: ues(1, 2), action: f32(0.5, 0.5) });
    recorder.record('du-1', { state: ues(3), action: f32(1), reward: 0.5 });
    recorder.record('du-1', { state: ues(4, 5), action: f32(0.1, 0.9), reward: 0.6 });
    const batch = recorder.take('du-1');
    expect(batch.features).toEqual(f32(1, 2, 3, 4, 5));
    expect([...batch.starts]).toEqual([0, 2, 3, 5]);
    expect([...batch.from, ...batch.to]).toEqual([0, 1, 1, 2]);
  });
});
