import { useCallback, useEffect, useRef, useState } from "react";
import type { DraftView, SetupStep } from "#contract/ipc/setup-view.ts";
import {
  fieldProblem,
  type FieldProblem,
  type MerchantFields,
  type TypedField,
} from "#core/merchant/merchant-fields.ts";
import type { Setup } from "./use-setup.ts";

/** A pause in typing; what was typed until then is in main, where no reload can lose it. */
const pauseMs = 250;

export interface Fields {
  readonly values: MerchantFields;
  /** What is wrong with a field that was left; null while it is still being typed. */
  readonly problem: (field: TypedField) => FieldProblem | null;
  readonly type: (field: TypedField, text: string) => void;
  readonly leave: (field: TypedField) => void;
  /** A choice is sent at once. */
  readonly choose: (fields: Partial<MerchantFields>) => void;
  /** Everything typed is in main when it resolves, and the step is the one to go on at. */
  readonly goTo: (step: SetupStep) => Promise<void>;
  /** From now on these fields say what is wrong, left or not. */
  readonly showProblems: (fields: readonly TypedField[]) => void;
}

/** What is typed on the page, sent to main as it is typed and checked there again. */
export function useFields(draft: DraftView, run: Setup["run"]): Fields {
  const [values, setValues] = useState(draft.fields);
  const [left, setLeft] = useState<ReadonlySet<TypedField>>(() => new Set(filled(draft.fields)));
  const unsent = useRef<Partial<MerchantFields>>({});
  const step = useRef(draft.step);
  const timer = useRef<number | undefined>(undefined);

  const flush = useCallback(async (): Promise<void> => {
    window.clearTimeout(timer.current);
    const fields = unsent.current;
    unsent.current = {};
    await run("setup-fields", { step: step.current, fields });
  }, [run]);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      if (Object.keys(unsent.current).length > 0) void flush();
    },
    [flush],
  );
  const set = (fields: Partial<MerchantFields>): void => {
    setValues((before) => ({ ...before, ...fields }));
    unsent.current = { ...unsent.current, ...fields };
  };
  const showProblems = (fields: readonly TypedField[]): void => setLeft((before) => new Set([...before, ...fields]));

  return {
    values,
    problem: (field) => (left.has(field) ? fieldProblem(field, values) : null),
    type(field, text) {
      set({ [field]: text });
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void flush(), pauseMs);
    },
    leave(field) {
      showProblems([field]);
      void flush();
    },
    choose(fields) {
      set(fields);
      void flush();
    },
    async goTo(next) {
      step.current = next;
      await flush();
    },
    showProblems,
  };
}

/** What came filled in was left before. */
function filled(fields: MerchantFields): readonly TypedField[] {
  // The choices have no problems of their own, so their names among these do no harm.
  return (Object.keys(fields) as TypedField[]).filter((field) => fields[field] !== "" && !stores.has(field));
}

/** An empty one beside a filled one is no mistake, and two empty ones are told when the step is left. */
const stores: ReadonlySet<TypedField> = new Set(["storeId", "storeOutId"]);
