package org.lvsdirector.linux;

/** x */
public interface Tmp {}
