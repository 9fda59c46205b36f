package io.provision.problem;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;

/** Puts into words why a file or folder could not be read or written. */
public final class IoReason {

    private IoReason() {}

    /**
     * What to do next.
     *
     * @param otherwise where it is neither the disk that is full nor one that is only read
     */
    public static String remedy(IOException e, String otherwise) {
        return switch (of(e)) {
            case "no space left on device", "disk quota exceeded" -> "make room on that disk (bytes or inodes)";
            case "read-only file system" -> "mount that disk for writing, or name a place on another";
            default -> otherwise;
        };
    }

    /** The reason alone: Java says the path for it, which may be that of a draft, or the name of a class. */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something else stands there";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return Optional.ofNullable(reason)
                .filter(said -> !said.isEmpty())
                .map(said -> said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1))
                .orElse(e.getClass().getSimpleName());
    }
}
