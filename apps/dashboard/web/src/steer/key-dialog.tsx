import { useEffect, useRef, useState } from 'preact/hooks';
import { access } from './access.js';

/** Asks for the operator's key. */
export function KeyDialog({ isShown, onClose }: { readonly isShown: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    if (isShown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isShown]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const why = await access.open(input.current?.value.trim() ?? '');
    setFault(why);
    if (why === undefined) onClose();
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="key-title">
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="key-title">Operator key</h2>
        <p>
          “ricochet up” prints it beneath the address of this page. It is kept for as long as this tab is
          open.
        </p>
        <label>
          <span>key</span>
          <input ref={input} type="password" autocomplete="off" required spellcheck={false} />
        </label>
        <p class="bad" role="alert">
          {fault}
        </p>
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="go">
            Use it
          </button>
        </div>
      </form>
    </dialog>
  );
}
