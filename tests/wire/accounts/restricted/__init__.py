"""Resources that say themselves who may read and write them: resources/."""
