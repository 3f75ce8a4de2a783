package org.lvsdirector.lvsd;

/** x */
public interface Tmp {}
