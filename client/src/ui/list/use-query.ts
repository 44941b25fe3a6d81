import { useCallback } from "react";
import { useSearchParams } from "wouter";

/** A value kept in the address, so that a filtered page can be sent to somebody. "" is absent. */
export function useQuery(name: string): [string, (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | null) => {
      const change = (before: URLSearchParams) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      };
      setParams(change, { replace: true });
    },
    [name, setParams],
  );
  return [params.get(name) ?? "", set];
}
