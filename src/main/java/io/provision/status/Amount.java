package io.provision.status;

/**
 * How much there is of something.
 *
 * @param complete whether all was looked at; otherwise there is at least so much
 */
public record Amount(long number, boolean complete) {}
