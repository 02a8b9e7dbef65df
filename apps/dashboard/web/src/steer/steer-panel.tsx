import { useEffect, useId, useState } from 'preact/hooks';
import { clock } from '../data/format.js';
import { nodeName, sliceName } from '../data/slice-names.js';
import { page, useNews } from '../view/page.js';
import { access } from './access.js';
import { ACTIONS, eventOf, isAtDus, type Action, type Field } from './actions.js';

const GROUPS = ['Traffic', 'Radio', 'E2 faults', 'RIC faults'] as const;

/** Lets things happen in the network, once the operator's key is given. */
export function SteerPanel({ onKey }: { readonly onKey: () => void }) {
  useNews(2_000);
  const [kind, setKind] = useState('surge');
  const [values, setValues] = useState<Readonly<Record<string, string | number>>>({});
  const [told, setTold] = useState<{ readonly text: string; readonly isFault: boolean }>();
  const [isBusy, setBusy] = useState(false);
  const isOpen = useAccess();
  const { run } = page.store;
  const { du } = page.view;
  const action = ACTIONS.find((one) => one.kind === kind) as Action;
  const cells = du === null ? (run?.nodeIds ?? []).map((_, i) => i + 1) : [du];
  const where = du === null ? 'all DUs' : nodeName(run?.nodeIds[du - 1] ?? `DU ${du}`);
  const inject = async (): Promise<void> => {
    setBusy(true);
    const answer = await access.inject(eventOf(action, values, cells));
    setBusy(false);
    setTold(
      'value' in answer
        ? { text: `${clock(answer.value.timeMs)}: ${answer.value.text}`, isFault: false }
        : { text: answer.fault, isFault: true },
    );
  };
  return (
    <section class="panel steer" aria-labelledby="steer-title">
      <header>
        <h2 id="steer-title">Steer</h2>
        <button type="button" class="chip" onClick={() => (isOpen ? access.close() : onKey())}>
          {isOpen ? 'Forget the key' : 'Give the operator key'}
        </button>
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void inject();
        }}
      >
        <fieldset disabled={!isOpen || isBusy}>
          <legend class="hidden">What is to happen</legend>
          <div class="form-row">
            <label class="grow">
              <span>what</span>
              <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
                {GROUPS.map((group) => (
                  <optgroup label={group} key={group}>
                    {ACTIONS.filter((one) => one.group === group).map((one) => (
                      <option value={one.kind} key={one.kind}>
                        {one.label}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
            </label>
            {action.fields.map((field) => (
              <FieldInput
                key={field.key}
                field={field}
                value={values[field.key]}
                onChange={(value) => setValues({ ...values, [field.key]: value })}
              />
            ))}
          </div>
          <button type="submit" class="go">
            {action.label}
            {isAtDus(action) && ` at ${where}`}
          </button>
        </fieldset>
      </form>
      <p class={`told${told?.isFault ? ' bad' : ''}`} role="status">
        {told?.text ??
          (isOpen
            ? 'Choose a DU in the table or on the map, or all.'
            : 'Looking is free; steering needs the key that “ricochet up” prints.')}
      </p>
    </section>
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string | number | undefined;
  readonly onChange: (value: string | number) => void;
}

function FieldInput({ field, value, onChange }: FieldInputProps) {
  const id = useId();
  return (
    <label for={id}>
      <span>{field.label}</span>
      {field.kind === 'slice' ? (
        <select
          id={id}
          value={value ?? 'eMBB'}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          {(page.store.run?.slices ?? [1]).map((sst) => (
            <option key={sst} value={sliceName(sst).name}>
              {sliceName(sst).name}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          required
          min={field.min}
          max={field.max}
          step={field.step}
          value={value ?? field.value}
          onInput={({ currentTarget }) => onChange(Number(currentTarget.value))}
        />
      )}
    </label>
  );
}

/** Whether a good key was given. */
export function useAccess(): boolean {
  const [isOpen, setOpen] = useState(access.isOpen);
  useEffect(() => {
    const look = (): void => setOpen(access.isOpen);
    // The gateway may have answered between the first drawing and now.
    look();
    return access.watch(look);
  }, []);
  return isOpen;
}
