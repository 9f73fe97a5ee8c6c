import "./key-cap.css";

/** The key that does the same as the button it stands on. */
export function KeyCap({ children }: { readonly children: string }) {
  return (
    <kbd className="key-cap" aria-hidden>
      {children}
    </kbd>
  );
}
