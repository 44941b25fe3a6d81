import { useState } from "react";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { nameOf } from "./class-name";
import styles from "./class-tools.module.css";
import type { Occurrence } from "./occurrences";
import { texts } from "./texts";

const ClassMenu = lazyDialog(
  () => texts.menu,
  () => import("./class-menu"),
  {
    waiting: ({ label, className }) => <MenuTarget label={label} className={className} />,
  },
);

/** The menu is made when it is first asked for: a week can have a thousand classes. */
export function MenuButton({ occurrence }: { occurrence: Occurrence }) {
  const [asked, setAsked] = useState(false);
  const { usual, date } = occurrence;
  const props = { label: texts.moreFor(nameOf(usual)), className: styles["more"] ?? "" };
  if (!asked) return <MenuTarget {...props} onClick={() => setAsked(true)} />;
  return <ClassMenu slot={usual} date={date} {...props} onClose={() => setAsked(false)} />;
}

interface MenuTargetProps {
  label: string;
  className: string;
  onClick?: () => void;
}

function MenuTarget({ label, className, onClick }: MenuTargetProps) {
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={onClick}
    />
  );
}
