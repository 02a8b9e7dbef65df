import { useEffect, useState } from 'preact/hooks';
import { Header } from './header.js';
import { LearningPanel } from './learning/learning-panel.js';
import { LogPanel } from './log/log-panel.js';
import { LoopPanel } from './loop/loop-panel.js';
import { MapPanel } from './map/map-panel.js';
import { NodePanel } from './nodes/node-panel.js';
import { SlicePanel } from './slices/slice-panel.js';
import { KeyDialog } from './steer/key-dialog.js';
import { SteerPanel } from './steer/steer-panel.js';
import { TimeBar } from './time/time-bar.js';
import { onShortcut } from './view/shortcuts.js';
import { XAppPanel } from './xapps/xapp-panel.js';

/** The whole page. */
export function App() {
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    addEventListener('keydown', onShortcut);
    return () => removeEventListener('keydown', onShortcut);
  }, []);
  return (
    <>
      <a class="skip" href="#main" onClick={focusMain}>
        Skip to the figures
      </a>
      <Header />
      <TimeBar />
      <main id="main" tabIndex={-1}>
        <div class="column">
          <MapPanel />
          <SteerPanel onKey={() => setAsking(true)} />
          <LoopPanel />
        </div>
        <div class="column">
          <NodePanel />
          <SlicePanel />
        </div>
        <div class="column">
          <XAppPanel />
          <LearningPanel />
          <LogPanel />
        </div>
      </main>
      <KeyDialog isShown={isAsking} onClose={() => setAsking(false)} />
    </>
  );
}

/** The link's place after `#` has the view. */
function focusMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
