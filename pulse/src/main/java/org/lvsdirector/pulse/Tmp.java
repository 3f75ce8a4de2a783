package org.lvsdirector.pulse;

/** x */
public interface Tmp {}
