import { Button } from "@mantine/core";
import { useState } from "react";
import styles from "./moves.module.css";
import { videoOf } from "./video";
import { texts } from "./texts";

/** The video of a move. Nothing is asked of its host before somebody wants to see it. */
export function VideoPlayer({ link, name }: { link: string; name: string }) {
  const [playing, setPlaying] = useState(false);
  const video = videoOf(link);
  if (!video) return null;
  if (video.kind === "link") {
    return (
      <p>
        <a href={video.src} target="_blank" rel="noreferrer">
          {texts.watchOn(video.host)}
        </a>
      </p>
    );
  }
  if (!playing) {
    return (
      <div className={styles["video"]}>
        <Button onClick={() => setPlaying(true)}>{texts.playFrom(video.host)}</Button>
      </div>
    );
  }
  return video.kind === "frame" ? (
    <iframe
      className={styles["video"]}
      src={video.src}
      title={texts.videoOf(name)}
      allow="fullscreen; picture-in-picture"
      // It is another site, so its own origin is no way into this page, and its player needs it.
      // oxlint-disable-next-line react/iframe-missing-sandbox
      sandbox="allow-scripts allow-same-origin allow-presentation"
      referrerPolicy="strict-origin-when-cross-origin"
    />
  ) : (
    // The videos of gyms come without captions; the description says the same in words.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    <video className={styles["video"]} src={video.src} controls />
  );
}
