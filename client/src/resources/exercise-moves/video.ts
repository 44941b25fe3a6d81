/** How a video can be played here, by where it is. */
export type Video =
  | { kind: "frame"; src: string; host: string }
  | { kind: "file"; src: string; host: string }
  | { kind: "link"; src: string; host: string };

/** Only hosts that offer players for other sites are put into a frame. Null if there is no link. */
export function videoOf(link: string): Video | null {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const host = url.hostname.replace(/^(www|m)\./, "");
  const youtube = youtubeId(url, host);
  if (youtube) {
    return { kind: "frame", src: `https://www.youtube-nocookie.com/embed/${youtube}`, host };
  }
  const vimeo = host === "vimeo.com" && /^\/(\d+)/.exec(url.pathname)?.[1];
  if (vimeo) return { kind: "frame", src: `https://player.vimeo.com/video/${vimeo}`, host };
  if (/\.(mp4|webm|ogv)$/i.test(url.pathname)) return { kind: "file", src: link, host };
  return { kind: "link", src: link, host };
}

function youtubeId(url: URL, host: string): string | null {
  const found =
    host === "youtu.be"
      ? url.pathname.slice(1)
      : host === "youtube.com"
        ? (url.searchParams.get("v") ?? /^\/(?:embed|shorts)\/([^/]+)/.exec(url.pathname)?.[1])
        : null;
  return found && /^[\w-]{6,20}$/.test(found) ? found : null;
}
