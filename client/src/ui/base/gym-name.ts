const UNNAMED = "Spotter";

/**
 * What the gym is called. The server writes it into the page (server/http/page.py), so it is there
 * before anything is drawn, and without a connection.
 */
export function useGymName(): string {
  const place = document.querySelector<HTMLMetaElement>("meta[name='application-name']");
  return place?.content ?? UNNAMED;
}
