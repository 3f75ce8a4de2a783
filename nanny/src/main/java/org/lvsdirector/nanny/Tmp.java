package org.lvsdirector.nanny;

/** x */
public interface Tmp {}
