import type { KeyboardEvent, ReactNode, Ref } from "react";

/** A part of the page that scrolls by itself: by keys too, which is what its focus is for. */
export function Scrolled(props: {
  readonly className: string;
  /** What is in it, for who does not see it. */
  readonly label: string;
  readonly ref?: Ref<HTMLElement>;
  /** Keys of what has the focus inside, such as those that walk over a list. */
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}) {
  const { className, label, ref, onKeyDown, children } = props;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must scroll without a mouse
    <section className={className} aria-label={label} tabIndex={0} ref={ref} onKeyDown={onKeyDown}>
      {children}
    </section>
  );
}
