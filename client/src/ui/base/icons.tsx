import type { ReactNode } from "react";

/** Icons are decoration: what they mean is always said in words too. */
function icon(children: ReactNode) {
  return function Icon({ size = 20 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {children}
      </svg>
    );
  };
}

export const CalendarIcon = icon(<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" />);
export const PeopleIcon = icon(
  <>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500" />
  </>,
);
export const PlanIcon = icon(<path d="M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01" />);
export const ListIcon = icon(<path d="M4 5h16v14H4zM4 10h16M10 10v9" />);
export const DumbbellIcon = icon(<path d="M3 10v4M6.500 7v10M6.500 12h11M17.500 7v10M21 10v4" />);
export const KeyIcon = icon(
  <>
    <circle cx="8" cy="15" r="4" />
    <path d="m11 12 9-9M16 7l3 3" />
  </>,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.500" />
    <path d="m20 20-4-4" />
  </>,
);
export const EditIcon = icon(<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4" />);
export const TrashIcon = icon(<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5" />);
export const MoreIcon = icon(<path d="M12 5h.01M12 12h.01M12 19h.01" strokeWidth="3" />);
export const GripIcon = icon(
  <path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" strokeWidth="3" />,
);
export const UpIcon = icon(<path d="m6 14 6-6 6 6" />);
export const DownIcon = icon(<path d="m6 10 6 6 6-6" />);
export const LeftIcon = icon(<path d="m14 6-6 6 6 6" />);
export const RightIcon = icon(<path d="m10 6 6 6-6 6" />);
export const RightArrowIcon = icon(<path d="M4 12h16M14 6l6 6-6 6" />);
export const WarningIcon = icon(<path d="M12 4 2.500 20h19zM12 10v4M12 17h.01" />);
export const CopyIcon = icon(<path d="M9 9h11v11H9zM15 9V4H4v11h5" />);
export const NoteIcon = icon(<path d="M5 4h14v16H5zM9 9h6M9 13h6" />);
export const SwapIcon = icon(<path d="M4 8h14l-4-4M20 16H6l4 4" />);
export const PrintIcon = icon(<path d="M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z" />);
export const HistoryIcon = icon(<path d="M4 5v5h5M4.500 10a8 8 0 1 1-.5 4M12 8v4l3 2" />);
export const UndoIcon = icon(<path d="M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3" />);
export const GlobeIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600 19 19M19 5l-1.400 1.400M6.400 17.600 5 19" />
  </>,
);
export const MoonIcon = icon(
  <path d="M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z" />,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.500" />
    <path d="M12 7v5l3 2" />
  </>,
);
export const OutboxIcon = icon(<path d="M4 14v6h16v-6M12 15V4M7.500 8.500 12 4l4.500 4.500" />);
export const KeyboardIcon = icon(<path d="M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8" />);
export const UserIcon = icon(
  <>
    <circle cx="12" cy="8" r="4" />
    <path d="M4 21c.7-4.500 3.600-7 8-7s7.300 2.500 8 7" />
  </>,
);
export const TableIcon = icon(<path d="M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14" />);
export const DownloadIcon = icon(<path d="M4 15v5h16v-5M12 4v11M7.500 10.500 12 15l4.500-4.500" />);
export const UploadIcon = icon(<path d="M4 15v5h16v-5M12 15V4M7.500 8.500 12 4l4.500 4.500" />);
export const CheckIcon = icon(<path d="m5 12.500 5 5 9-11" />);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
